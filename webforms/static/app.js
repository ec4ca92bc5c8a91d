/* Only makes the forms smoother: everything works without it. ES5, no library. */
(function (d) {
  'use strict';
  var each = function (list, run) { [].forEach.call(list, run) };
  var summary = d.getElementById('tom-tat-loi');
  if (summary) { summary.focus() }
  each(d.querySelectorAll('[data-chep]'), function (button) {
    button.hidden = false;
    button.addEventListener('click', function () {
      var box = d.getElementById(button.getAttribute('data-chep'));
      box.focus(); box.select(); d.execCommand('copy');
      button.textContent = button.getAttribute('data-xong');
    });
  });
  each(d.querySelectorAll('[data-in]'), function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print() });
  });
  var form = d.getElementById('bieu');
  if (!form) { return }
  var boxes = [].slice.call(form.querySelectorAll('input.so'));
  var count = d.getElementById('dem');
  var unsaved = false;
  function show() {
    var full = boxes.filter(function (box) { return box.value.trim() !== '' }).length;
    if (count) { count.textContent = full + '/' + boxes.length }
  }
  function go(nth) { if (boxes[nth]) { boxes[nth].focus(); boxes[nth].select() } }
  form.addEventListener('keydown', function (e) {
    var nth = boxes.indexOf(e.target);
    if (e.ctrlKey && e.key === 'Enter') { form.querySelector('.thanh [value=kiem_tra]').click(); e.preventDefault(); return }
    /* Vietnamese input methods send their own keys: leave them alone. */
    if (nth < 0 || e.isComposing || e.keyCode === 229 || e.ctrlKey || e.altKey) { return }
    if (e.key === 'Enter' || e.key === 'ArrowDown') { go(nth + 1); e.preventDefault() }
    else if (e.key === 'ArrowUp') { go(nth - 1); e.preventDefault() }
  });
  form.addEventListener('input', function () { unsaved = true; show() });
  form.addEventListener('focusin', function (e) { if (boxes.indexOf(e.target) >= 0) { e.target.select() } });
  form.addEventListener('submit', function () { unsaved = false });
  form.addEventListener('paste', function (e) {
    var nth = boxes.indexOf(e.target);
    if (nth < 0) { return }
    var text = (e.clipboardData || window.clipboardData).getData('text').replace(/\r/g, '').replace(/\n+$/, '');
    if (!/[\n\t]/.test(text)) { return }
    e.preventDefault();
    /* Several columns: the last one with a figure. What it means is read on the server. */
    text.split('\n').forEach(function (line, k) {
      var cells = line.split('\t').filter(function (cell) { return /\d|^\s*-\s*$/.test(cell) });
      if (boxes[nth + k] && cells.length) { boxes[nth + k].value = cells[cells.length - 1].trim() }
    });
    unsaved = true; show();
  });
  window.addEventListener('beforeunload', function (e) { if (unsaved) { e.preventDefault(); e.returnValue = '' } });
})(document);
