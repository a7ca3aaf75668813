/* Room: none, every page */
/* Runs before the first paint: style sheets may ask for .js where a part needs a script. */
document.documentElement.classList.add("js");
