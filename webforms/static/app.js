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
  /* Entry. What a figure means is read and judged by the server; here are keys, pasting and saving. */
  var boxes = [].slice.call(form.querySelectorAll('input.so'));
  var bar = d.getElementById('luu'), pasted = d.getElementById('da-dan');
  var unsaved = false, busy = false, stopped = false, waiting = null, timer = 0, fresh = null;
  if (summary) { summary.removeAttribute('role') }
  function words(name) { return form.getAttribute('data-' + name) }
  function say(text) { bar.textContent = text }
  function typed() {
    unsaved = true; clearTimeout(timer);
    if (!stopped) { timer = setTimeout(save, 1500) }
  }
  function fields() {
    var found = [];
    each(form.elements, function (one) {
      if (one.name && !/^(submit|button)$/.test(one.type) && (one.checked || !/^(checkbox|radio)$/.test(one.type))) {
        found.push(encodeURIComponent(one.name) + '=' + encodeURIComponent(one.value));
      }
    });
    return found.join('&') + '&viec=tu_luu';
  }
  function save() {
    clearTimeout(timer);
    if (busy || stopped || !unsaved) { return }
    var call = new XMLHttpRequest(), sent = {};
    each(form.elements, function (one) { if (one.id) { sent[one.id] = one.value } });
    busy = true; unsaved = false; say(words('dang'));
    call.open('POST', form.action);
    call.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    call.timeout = 20000;
    call.onload = function () { busy = false; answered(call, sent); go_on() };
    call.onerror = call.ontimeout = function () {
      busy = false; unsaved = true; say(words('mang')); timer = setTimeout(save, 20000); go_on();
    };
    call.send(fields());
  }
  function answered(call, sent) {
    var said = null;
    try { said = JSON.parse(call.responseText) } catch (e) { said = null }
    if (call.status === 200 && said && said.o) { show(said, sent); return }
    unsaved = true;
    /* 422: something is still missing; go on trying. Anything else needs the person. */
    stopped = call.status !== 422;
    say(call.status === 401 ? words('het') : said && said.loi || words('khac'));
  }
  function show(said, sent) {
    var id, box, row, under, mine = true;
    for (id in said.gia) {
      box = d.getElementById(id);
      if (box && box.value === sent[id]) { box.value = said.gia[id] } else { mine = false }
    }
    /* A box that somebody else filled and that is being typed into: the next save will ask. */
    if (mine) { form.elements.phien_ban.value = said.phien_ban }
    form.elements.da_soat.value = '';
    for (id in said.o) {
      row = said.o[id]; box = d.getElementById(id); under = d.getElementById('duoi-' + id);
      if (!under) { continue }
      if (under.innerHTML.trim() !== row.duoi) { under.innerHTML = row.duoi }
      if (box && box.className.indexOf('so') === 0) {
        box.parentNode.parentNode.className = row.lop;
        box.className = row.lop === 'co-cl' ? 'so cl' : 'so';
        d.getElementById('tg-' + id).textContent = row.tg;
        if (row.gt && !d.getElementById('gt-' + id)) { under.insertAdjacentHTML('afterend', row.gt) }
      }
      if (box) { if (row.sai) { box.setAttribute('aria-invalid', 'true') } else { box.removeAttribute('aria-invalid') } }
    }
    each(form.querySelectorAll('[data-muc]'), function (link) {
      var part = said.muc[link.getAttribute('data-muc')];
      if (part) { link.textContent = part[0]; link.className = part[1] ? 'du' : '' }
    });
    d.getElementById('dem').textContent = said.dem;
    if (summary && 'tom_tat' in said) { summary.innerHTML = said.tom_tat; summary.hidden = !said.tom_tat }
    if (unsaved) { typed() } else { say(said.luu) }
  }
  /* A button pressed while a save is under way is pressed again when it is done. */
  function go_on() {
    var button = waiting; waiting = null;
    if (button) { form.requestSubmit ? form.requestSubmit(button) : button.click() }
  }
  form.addEventListener('submit', function (e) {
    if (busy) {
      waiting = e.submitter || form.querySelector('.thanh [value=luu]'); e.preventDefault(); return;
    }
    clearTimeout(timer); unsaved = false;
  });
  function go(nth) { if (boxes[nth]) { boxes[nth].focus(); boxes[nth].select() } }
  form.addEventListener('keydown', function (e) {
    var nth = boxes.indexOf(e.target);
    if (e.ctrlKey && e.key === 'Enter') { form.querySelector('.thanh [value=kiem_tra]').click(); e.preventDefault(); return }
    /* Vietnamese input methods send their own keys: leave them alone. */
    if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.altKey) { return }
    if (e.key === 'Enter' && e.target.id.indexOf('gt-') === 0) {
      go(boxes.indexOf(d.getElementById(e.target.id.slice(3))) + 1); e.preventDefault(); return;
    }
    if (nth < 0) { return }
    if (e.key === 'Enter' || e.key === 'ArrowDown') { go(nth + 1); e.preventDefault() }
    else if (e.key === 'ArrowUp') { go(nth - 1); e.preventDefault() }
  });
  function touched(box) {
    var mark = d.getElementById('chep-' + box.id);
    if (mark) {
      mark.parentNode.removeChild(mark);
      box.setAttribute('aria-describedby', 'kt-' + box.id + ' duoi-' + box.id);
      form.elements.da_soat.value += ' ' + box.name;
    }
  }
  form.addEventListener('input', function (e) {
    if (boxes.indexOf(e.target) >= 0) { touched(e.target) }
    typed();
  });
  form.addEventListener('change', typed);
  form.addEventListener('focusin', function (e) {
    if (boxes.indexOf(e.target) >= 0) { fresh = e.target; e.target.select() }
  });
  /* The click that brings the cursor into a box must not take the selection away again. */
  form.addEventListener('mouseup', function (e) { if (fresh && fresh === e.target) { e.preventDefault() } fresh = null });
  /* A pasted block: with row numbers each figure finds its own box, else they go down from here. */
  function figure(cell) { return /^[-–−(+]?\s*\d[\d.,\s\u00a0]*[%)]?$|^\s*[-–−]\s*$|^\s*không\s*$/i.test(cell.trim()) }
  function block(text, nth) {
    var lines = text.split('\n').map(function (line) { return line.split('\t') });
    var width = Math.max.apply(null, lines.map(function (cells) { return cells.length }));
    var column = 0, k, some, named = {}, placed = [], left = 0, next = nth;
    for (k = 0; k < width; k++) {
      some = lines.filter(function (cells) { return figure(cells[k] || '') }).length;
      if (some * 2 >= lines.length || k === width - 1 && some) { column = k }
    }
    boxes.forEach(function (box, at) { named[box.getAttribute('data-ma')] = at });
    lines.forEach(function (cells) {
      var value = (cells[column] || '').trim(), at = -1;
      cells.slice(0, column).forEach(function (cell) {
        var name = cell.trim().replace(/\.$/, '');
        if (at < 0 && named.hasOwnProperty(name)) { at = named[name] }
      });
      if (at >= 0) { next = at }
      else if (width > 1 && !value) { return } /* a heading */
      if (value && boxes[next]) { placed.push([boxes[next], value]) } else if (value) { left++ }
      next++;
    });
    lines.forEach(function (cells) {
      cells.forEach(function (cell, k) {
        if (k !== column && figure(cell) && !named.hasOwnProperty(cell.trim().replace(/\.$/, ''))) { left++ }
      });
    });
    return { placed: placed, left: left };
  }
  var before = [];
  form.addEventListener('paste', function (e) {
    var nth = boxes.indexOf(e.target), text, found, placed;
    if (nth < 0) { return }
    text = (e.clipboardData || window.clipboardData).getData('text').replace(/\r/g, '').replace(/\n+$/, '');
    if (!/[\n\t]/.test(text)) { return }
    e.preventDefault();
    found = block(text, nth); placed = found.placed;
    if (!placed.length) { return }
    before = placed.map(function (one) { return [one[0], one[0].value] });
    placed.forEach(function (one) { one[0].value = one[1]; touched(one[0]) });
    unsaved = true; save();
    pasted.firstChild.textContent = words('dan').replace('{count}', placed.length).replace('{first}', placed[0][0].getAttribute('data-ma')) +
      (found.left ? ' ' + words('sot').replace('{count}', found.left) : '');
    pasted.hidden = false;
  });
  pasted.lastElementChild.addEventListener('click', function () {
    before.forEach(function (one) { one[0].value = one[1] });
    pasted.hidden = true; typed(); go(boxes.indexOf(before[0][0]));
  });
  window.addEventListener('beforeunload', function (e) { if (unsaved) { e.preventDefault(); e.returnValue = '' } });
})(document);
