"use strict";
(function () {
  var sections = Array.prototype.slice.call(document.querySelectorAll("details.project"));
  var field = document.getElementById("filter");
  var empty = document.getElementById("nothing");
  var all = document.getElementById("all");
  var bad = document.getElementById("only-bad");
  function openTarget() {
    var name = decodeURIComponent(location.hash.slice(1));
    var target = name && document.getElementById(name);
    if (!target) { return; }
    for (var item = target; item; item = item.parentElement) {
      if (item.tagName === "DETAILS") { item.hidden = false; item.open = true; }
    }
    target.scrollIntoView();
  }
  function filter() {
    var wanted = field.value.trim().toLowerCase().split(/\s+/);
    var shown = 0;
    sections.forEach(function (section) {
      var text = section.getAttribute("data-text").toLowerCase();
      var fits = wanted.every(function (word) { return text.indexOf(word) >= 0; });
      if (bad.checked && section.getAttribute("data-bad") === "0") { fits = false; }
      section.hidden = !fits;
      if (fits) { shown += 1; }
    });
    empty.hidden = shown > 0;
  }
  if (field) {
    document.getElementById("finder").hidden = false;
    field.addEventListener("input", filter);
    bad.addEventListener("change", filter);
  }
  window.addEventListener("hashchange", openTarget);
  if (all) {
    all.addEventListener("click", function () {
      var open = sections.some(function (section) { return !section.hidden && !section.open; });
      sections.forEach(function (section) { if (!section.hidden) { section.open = open; } });
    });
  }
  openTarget();
})();
