"use strict";
(function () {
  function list(root, selector) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }
  function openTarget() {
    var name = decodeURIComponent(location.hash.slice(1));
    var target = name && document.getElementById(name);
    if (!target) { return; }
    for (var item = target; item; item = item.parentElement) {
      if (item.tagName === "DETAILS") { item.hidden = false; item.open = true; }
    }
    target.scrollIntoView();
  }
  list(document, ".finder").forEach(function (finder) {
    var entries = list(finder.parentElement, "details.entry");
    var empty = finder.parentElement.querySelector("p.none");
    var field = finder.querySelector("input[type=search]");
    var bad = finder.querySelector("input[type=checkbox]");
    function filter() {
      var wanted = field.value.trim().toLowerCase().split(/\s+/);
      var shown = 0;
      entries.forEach(function (entry) {
        var text = entry.getAttribute("data-text").toLowerCase();
        var fits = wanted.every(function (word) { return text.indexOf(word) >= 0; });
        if (bad.checked && entry.getAttribute("data-bad") === "0") { fits = false; }
        entry.hidden = !fits;
        if (fits) { shown += 1; }
      });
      empty.hidden = shown > 0;
    }
    finder.hidden = false;
    field.addEventListener("input", filter);
    bad.addEventListener("change", filter);
    finder.querySelector("button").addEventListener("click", function () {
      var open = entries.some(function (entry) { return !entry.hidden && !entry.open; });
      entries.forEach(function (entry) { if (!entry.hidden) { entry.open = open; } });
    });
  });
  window.addEventListener("hashchange", openTarget);
  openTarget();
})();
