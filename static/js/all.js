/* Every script of every page; each leaves a page alone that has nothing for it. charts.js stands
 * beside its library, boot.js runs before the first paint. Bundled by `npm run build`. */
import "./toasts.js";
import "./dialog.js";
import "./menus.js";
import "./forms.js";
import "./tables.js";
import "./ticks.js";
import "./uploads.js";
import "./keys.js";
import "./hits.js";
import "./lists.js";
import "./autosave.js";
import "./login-again.js";
import "./code.js";
import "./strength.js";
import "./name_chips.js";
import "./desk.js";
import "./screen.js";
import "./originals.js";
import "./turn.js";
import "./help.js";
