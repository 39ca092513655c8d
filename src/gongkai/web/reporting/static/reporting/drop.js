/* Dropping a file on the panel is the same as choosing it. Without this script the input does everything. */
"use strict";
document.querySelectorAll("[data-drop]").forEach(function (panel) {
  var input = panel.querySelector("input[type=file]");
  ["dragenter", "dragover"].forEach(function (kind) {
    panel.addEventListener(kind, function (event) { event.preventDefault(); panel.classList.add("over"); });
  });
  panel.addEventListener("dragleave", function (event) {
    if (!panel.contains(event.relatedTarget)) { panel.classList.remove("over"); }
  });
  panel.addEventListener("drop", function (event) {
    event.preventDefault();
    panel.classList.remove("over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      if (panel.requestSubmit) { panel.requestSubmit(); }
    }
  });
});
