/* The only script of our own that every page loads. It refines; nothing depends on it. */
"use strict";
document.addEventListener("DOMContentLoaded", function () {
  var errors = document.querySelector("[data-focus-on-load]");
  if (errors) { errors.focus(); }
});
/* One open menu at a time; Esc closes it and gives the focus back. */
document.addEventListener("keydown", function (event) {
  if (event.key !== "Escape") { return; }
  document.querySelectorAll("details.drop[open]").forEach(function (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
/* A second click on a button that is already sending would send twice. */
document.addEventListener("submit", function (event) {
  var form = event.target;
  if (form.method !== "post") { return; }
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", function () {
  document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
});
