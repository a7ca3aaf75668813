/* Every script of every page; each leaves a page alone that has nothing for it. charts.js stands
 * beside its library, boot.js runs before the first paint. Bundled by `npm run build`. */
import "./js/toasts.js";
import "./js/dialog.js";
import "./js/menus.js";
import "./js/forms.js";
import "./js/tables.js";
import "./js/uploads.js";
import "./js/keys.js";
import "./js/autosave.js";
import "./js/login-again.js";
import "./js/screen.js";
