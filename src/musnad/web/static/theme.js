"use strict";
// Before anything is drawn: the light or dark that was chosen, so that pages do not flash.
try {
  const theme = localStorage.getItem("musnad-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* a browser that keeps nothing follows the system */ }
