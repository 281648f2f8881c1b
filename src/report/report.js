"use strict";
(function () {
  var form = document.getElementById("filter");
  var findings = Array.from(document.querySelectorAll("article.finding"));
  var objects = Array.from(document.querySelectorAll("section.object"));

  function isWanted(finding, words) {
    var severity = form.elements[finding.dataset.severity];
    var rule = form.elements.rule.value;
    return (!severity || severity.checked) &&
      (!rule || finding.dataset.rule === rule) &&
      (!words || finding.textContent.toLowerCase().includes(words));
  }

  function apply() {
    var words = form.elements.words.value.trim().toLowerCase();
    var shown = 0;
    findings.forEach(function (finding) {
      finding.hidden = !isWanted(finding, words);
      shown += finding.hidden ? 0 : 1;
    });
    objects.forEach(function (object) {
      object.hidden = !object.querySelector("article.finding:not([hidden])");
    });
    form.querySelector("output").textContent =
      shown + " of " + findings.length + " shown";
  }

  function openAll() {
    document.querySelectorAll("details").forEach(function (details) {
      details.open = true;
    });
  }

  window.addEventListener("beforeprint", openAll);
  if (!form)
    return;
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  apply();
})();
