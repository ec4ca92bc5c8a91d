/* Only makes the forms smoother: everything works without it. ES5, no library. */
(function (d) {
  'use strict';
  var each = function (list, run) { [].forEach.call(list, run) };
  var summary = d.getElementById('tom-tat-loi');
  if (summary) { summary.focus() }
  /* A form that waits for its turn: its button was pressed already. */
  var turn = d.querySelector('[data-gui-lai]');
  if (turn) { setTimeout(function () { turn.submit() }, 1000 * turn.getAttribute('data-gui-lai')) }
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
  /* `stored` as it was saved, and behind it what was typed since `posted` was sent. */
  function both(stored, posted, typed) {
    posted = posted.trim(); typed = typed.replace(/^\s+/, '');
    if (!stored || !typed) { return typed || stored }
    return stored + (posted && typed.indexOf(posted) === 0 ? typed.slice(posted.length) : ' ' + typed);
  }
  function show(said, sent) {
    var id, box, row, under, mine = true;
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
    for (id in said.gia) {
      box = d.getElementById(id);
      if (!box) { mine = false }
      else if (!(id in sent) || box.value === sent[id]) { box.value = said.gia[id] }
      /* An explanation that is being typed: what both wrote stands there. */
      else if (id.indexOf('gt-') === 0) { box.value = both(said.gia[id], sent[id], box.value) }
      else { mine = false }
    }
    /* A box that somebody else filled and that is being typed into: the next save will ask. */
    if (mine) { form.elements.phien_ban.value = said.phien_ban }
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
    if (busy || pasting) {
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
  /* A pasted block: the server says which figures belong in which boxes; nothing is saved until they stand there. */
  var before = [], pasting = false;
  form.addEventListener('paste', function (e) {
    var nth = boxes.indexOf(e.target), text, call = new XMLHttpRequest(), then = {};
    if (nth < 0) { return }
    text = (e.clipboardData || window.clipboardData).getData('text').replace(/\r/g, '').replace(/\n+$/, '');
    if (!/[\n\t]/.test(text)) { return }
    e.preventDefault();
    if (pasting) { return }
    pasting = true; tell(words('dang-dan'), false);
    boxes.forEach(function (box) { then[box.id] = box.value });
    call.open('POST', words('dan'));
    call.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    call.timeout = 20000;
    call.onload = function () { pasting = false; put(call, then); if (!busy) { go_on() } };
    call.onerror = call.ontimeout = function () { pasting = false; tell(words('dan-mang'), false); go_on() };
    call.send('csrf_token=' + encodeURIComponent(form.elements.csrf_token.value) + '&o=' + encodeURIComponent(e.target.name) +
      '&khoi=' + encodeURIComponent(text));
  });
  function tell(text, undo) {
    pasted.firstChild.textContent = text;
    pasted.lastElementChild.hidden = !undo;
    pasted.hidden = false;
  }
  function put(call, then) {
    var said = null, typed_since = false;
    try { said = JSON.parse(call.responseText) } catch (e) { said = null }
    if (call.status !== 200 || !said || !said.o) { tell(said && said.loi || words('dan-hong'), false); return }
    before = said.o.map(function (one) { return [d.getElementById(one[0]), one[1]] }).filter(function (one) { return one[0] });
    /* What was typed meanwhile is not written over. */
    before.forEach(function (one) { typed_since = typed_since || one[0].value !== then[one[0].id] });
    if (typed_since) { before = []; tell(words('dan-hong'), false); return }
    before = before.map(function (one) {
      var old = one[0].value;
      one[0].value = one[1]; touched(one[0]);
      return [one[0], old];
    });
    if (before.length) { unsaved = true; save() }
    tell(said.loi, before.length);
  }
  pasted.lastElementChild.addEventListener('click', function () {
    before.forEach(function (one) { one[0].value = one[1] });
    pasted.hidden = true; typed(); go(boxes.indexOf(before[0][0]));
  });
  window.addEventListener('beforeunload', function (e) { if (unsaved) { e.preventDefault(); e.returnValue = '' } });
})(document);
