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
  /* A pasted block. Rows with a label or a name of this form find their own boxes, and then no other row is taken;
     else they go down from here. Of several columns that of this period is taken, or none. */
  function plain(text) {
    return (' ' + (text.normalize ? text.normalize('NFC') : text).toLowerCase() + ' ').replace(/[^0-9a-zà-ỹ%]+/g, ' ')
      .replace(/ (?:q ?|quý )(iv|i{1,3}|[1-4])(?= )/g, function (all, nth) { return ' quý ' + ({ i: 1, ii: 2, iii: 3, iv: 4 }[nth] || nth) });
  }
  var heads = [].map.call(form.querySelectorAll('#bang thead th'), function (one) { return plain(one.textContent) });
  /* "Quý III/2018" may be "Quý III" in Excel, and "Năm 2018" "2018". */
  var period = heads[4] || '?', year = (/ \d{4} $/.exec(period) || [period])[0], brief = period.replace(/ \d{4} $/, ' ');
  if (!/\d/.test(brief)) { brief = year }
  /* 1: a head of this period, -1: of something else, 0: it does not say. */
  function says(head) {
    if (head === heads[3] || head === heads[5] || / (trước|cùng kỳ|tăng|giảm|so|kế hoạch|lũy kế|luỹ kế|tỷ lệ|ghi chú) |%/.test(head)) { return -1 }
    if (/ (kỳ|quý|tháng|năm) (này|nay) /.test(head)) { return 1 }
    var other = (head.match(/ (19|20)\d\d(?= )/g) || []).some(function (one) { return one + ' ' !== year });
    if (!other && (head.indexOf(period) >= 0 || head.indexOf(brief) >= 0)) { return 1 }
    return other || / (quý|tháng|năm) \d/.test(head) ? -1 : 0;
  }
  function figure(cell) { return /^[-–−(+]?\s*\d[\d.,\s\u00a0]*[%)]?$|^[-–−]$|^không$/i.test(cell) }
  function number(cell) { return parseFloat(cell.replace(/[^\d,]/g, '').replace(',', '.')) }
  /* Excel's text: a cell with a line break stands in quotes. */
  function table(text) {
    var rows = [[]], cell = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g, one;
    do {
      one = cell.exec(text);
      rows[rows.length - 1].push((one[1] === undefined ? one[2] : one[1].replace(/""/g, '"')).trim());
      if (one[3] === '\n') { rows.push([]) }
    } while (one[3]);
    return rows;
  }
  function block(text, nth) {
    var lines = table(text).map(function (cells) { return { cells: cells, at: -1, key: -1 } });
    var width = Math.max.apply(null, lines.map(function (line) { return line.cells.length }));
    var found = { placed: [], left: 0, foreign: [] }, where = {}, used = [], columns = [], words = -1, first = 0, k, body, column, labelled;
    boxes.forEach(function (box, at) {
      [box.getAttribute('data-ma'), form.querySelector('label[for="' + box.id + '"]').firstChild.nodeValue].forEach(function (name) {
        where[plain(name)] = where.hasOwnProperty(plain(name)) ? -1 : at;
      });
    });
    if (width > 1) { lines.forEach(find_box) }
    function find_box(line) {
      var named = line.cells.some(function (one) { return one && !figure(one) }), begun = false;
      line.cells.forEach(function (one, k) {
        if (line.at < 0 && where[plain(one)] >= 0 && (!figure(one) || named && !begun)) { line.at = where[plain(one)]; line.key = k }
        begun = begun || one;
        /* What looks like a label, and is none of this form. */
        if (line.key < 0 && /^[a-zđ]{1,3}[. ]?\d[\d.]*$/i.test(one)) { line.key = k }
      });
    }
    labelled = lines.some(function (line) { return line.at >= 0 });
    /* The rows above the first one with figures are heads; years are figures, too. */
    function is_head(line) {
      if (width === 1) { return !first && !figure(line.cells[0]) && says(plain(line.cells[0])) }
      return labelled ? line.at < 0 : line.key < 0 &&
        (!line.cells.some(figure) || line.cells.some(function (one) { return says(plain(one)) > 0 }));
    }
    while (lines[first] && is_head(lines[first])) { first++ }
    body = lines.slice(first);
    function cell(line, k) { return k > line.key && line.cells[k] || '' }
    function count(k, like) { return body.filter(function (line) { return like.test(cell(line, k)) }).length }
    function head(k) { return plain(lines.slice(0, first).map(function (line) { return line.cells[k] || '' }).join(' ')) }
    /* Of the figures in the column: 1: they are what the page shows of the last period, 0: they are not, -1: it shows none. */
    function last(k) {
      var all = 0, same = 0;
      body.forEach(function (line) {
        var shown = line.box ? number(line.box.parentNode.parentNode.querySelector('[data-nhan]').textContent) : NaN;
        if (shown >= 0 && number(cell(line, k)) >= 0) { all++; same += shown === number(cell(line, k)) }
      });
      return all ? +(same * 2 >= all) : -1;
    }
    for (k = 0; k < width; k++) {
      var some = body.filter(function (line) { return figure(cell(line, k)) }).length;
      if (some * 2 < body.filter(function (line) { return cell(line, k) || line.key >= k }).length) { if (words < 0) { words = k } }
      else if (some && count(k, /[^-–−]/)) { columns.push(k) }
    }
    /* Before the words stand the numbers of the rows. */
    if (columns[columns.length - 1] > words) { columns = columns.filter(function (k) { return k > words }) }
    body.forEach(function (line) {
      line.foreign = labelled ? line.at < 0 : line.key >= 0;
      if (line.at >= 0) { line.box = boxes[line.at] }
      else if (!line.foreign && (width === 1 || columns.some(function (k) { return cell(line, k) }))) { line.box = boxes[nth++] }
    });
    column = choose();
    function choose() {
      var now = [], end, unsure = false, k;
      if (width === 1) { return says(head(0)) < 0 ? -1 : 0 }
      for (k = words + 1; k < width; k++) { if (says(head(k)) > 0) { now.push(k) } }
      if (now.length === 1) { return now[0] }
      now = (now.length ? now : columns).filter(function (k) { return says(head(k)) >= 0 && !count(k, /^[-–−+]\s*\d/) });
      end = now[now.length - 1];
      /* Without heads the last one, unless it may be that of the last period and the one behind it still empty. */
      for (k = end + 1; k < width; k++) { unsure = unsure || !count(k, /[^-–−]/) && head(k) === ' ' }
      if (unsure ? last(end) !== 0 : now.length === 2 && last(end) === 1 && last(now[0]) !== 1) { return -1 }
      return now.length === 1 || now.length === 2 && (count(end, /./) * 2 >= count(now[0], /./) || last(now[0]) === 1) ? end : -1;
    }
    body.forEach(function (line) {
      var value = cell(line, column), at = boxes.indexOf(line.box);
      if (line.foreign && columns.some(function (k) { return cell(line, k) })) { found.foreign.push(line.cells.filter(Boolean)[0]) }
      if (line.foreign) { return }
      line.cells.forEach(function (one, k) { if (k !== column && k > line.key && figure(one)) { found.left++ } });
      if (value && at >= 0 && !used[at] && value.indexOf('\n') < 0) { used[at] = true; found.placed.push([line.box, value]) }
      else if (value) { found.left++ }
    });
    return found;
  }
  var before = [];
  form.addEventListener('paste', function (e) {
    var nth = boxes.indexOf(e.target), text, found, placed, said;
    if (nth < 0) { return }
    text = (e.clipboardData || window.clipboardData).getData('text').replace(/\r/g, '').replace(/\n+$/, '');
    if (!/[\n\t]/.test(text)) { return }
    e.preventDefault();
    found = block(text, nth); placed = found.placed;
    before = placed.map(function (one) { return [one[0], one[0].value] });
    placed.forEach(function (one) { one[0].value = one[1]; touched(one[0]) });
    if (placed.length) { unsaved = true; save() }
    said = placed.length ? [words('dan').replace('{count}', placed.length).replace('{first}', placed[0][0].getAttribute('data-ma'))] :
      found.foreign.length ? [] : [words('chua-dan')];
    if (found.foreign.length) { said.push(words('la').replace('{count}', found.foreign.length).replace('{rows}', found.foreign.join(', '))) }
    if (placed.length && found.left) { said.push(words('sot').replace('{count}', found.left)) }
    pasted.firstChild.textContent = said.join(' ');
    pasted.lastElementChild.hidden = !placed.length;
    pasted.hidden = false;
  });
  pasted.lastElementChild.addEventListener('click', function () {
    before.forEach(function (one) { one[0].value = one[1] });
    pasted.hidden = true; typed(); go(boxes.indexOf(before[0][0]));
  });
  window.addEventListener('beforeunload', function (e) { if (unsaved) { e.preventDefault(); e.returnValue = '' } });
})(document);
