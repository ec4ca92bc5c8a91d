/* The part `soan` of a page is changed in place: its links `data-mo` and its forms. Only makes the page
   smoother: without it each button loads the page again. ES5, no library. */
(function (d) {
  'use strict';
  var busy = false, caret = null, timer = 0;
  function box() { return d.getElementById('soan') }
  function words(name) { return box().getAttribute('data-' + name) }
  function notice(text, button) {
    var place = d.getElementById('bao-moi'), link;
    place.hidden = !text; place.textContent = text;
    if (text && button) {
      link = d.createElement('button');
      link.type = 'button'; link.className = 'nut phu be'; link.textContent = words('xem');
      link.addEventListener('click', function () { load('GET', location.pathname + location.search, null) });
      place.appendChild(d.createTextNode(' ')); place.appendChild(link);
    }
  }
  /* A page that was answered takes the place of this one; the place where one reads stays. */
  function load(method, address, body) {
    var call = new XMLHttpRequest();
    if (busy) { return }
    busy = true; box().setAttribute('aria-busy', 'true');
    call.open(method, address.split('#')[0]);
    if (body !== null) { call.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded') }
    call.timeout = 60000;
    call.onload = function () { busy = false; show(call, method, address) };
    call.onerror = call.ontimeout = function () {
      busy = false; box().removeAttribute('aria-busy'); notice(words('mang'), false);
    };
    call.send(body);
  }
  function show(call, method, address) {
    var found = new DOMParser().parseFromString(call.responseText, 'text/html'), now = found.getElementById('soan');
    var at = (address.split('#')[1] || ''), down = window.pageYOffset, beside = d.querySelector('.canh');
    var side = beside ? beside.scrollTop : 0, old = d.querySelectorAll('main > .hop'), k, focus, url;
    /* Signing in, waiting in a line, a fault: such a page is shown as a whole. */
    if (!now) {
      if (call.status === 200 && call.responseURL) { location = call.responseURL } else { d.open(); d.write(call.responseText); d.close() }
      return;
    }
    for (k = 0; k < old.length; k++) { old[k].parentNode.removeChild(old[k]) }
    old = found.querySelectorAll('main > .hop');
    for (k = 0; k < old.length; k++) { box().parentNode.insertBefore(d.importNode(old[k], true), box()) }
    box().parentNode.replaceChild(d.importNode(now, true), box());
    d.title = found.title; caret = null;
    url = (call.responseURL || address).split('#')[0];
    /* The answer to a post has no address of its own, unless it led on to a page. */
    if ((method === 'GET' || url.replace(location.origin, '') !== address.split('#')[0]) && window.history.replaceState) {
      history.replaceState(null, '', url);
    }
    window.scrollTo(0, down);
    beside = d.querySelector('.canh'); if (beside) { beside.scrollTop = side }
    focus = d.getElementById('tom-tat-loi') || d.querySelector('[data-tieu-diem]');
    if (focus) { focus.focus({ preventScroll: false }) }
    else if (at && d.getElementById(at)) {
      focus = d.getElementById(at); focus.setAttribute('tabindex', '-1'); focus.focus({ preventScroll: true });
      /* A block that was moved is followed. */
      if (focus.getBoundingClientRect().top < 0 || focus.getBoundingClientRect().bottom > window.innerHeight) { focus.scrollIntoView({ block: 'nearest' }) }
    }
  }
  function fields(form, button) {
    var found = [];
    [].forEach.call(form.elements, function (one) {
      if (one.name && !/^(submit|button)$/.test(one.type) && (one.checked || !/^(checkbox|radio)$/.test(one.type))) {
        found.push(encodeURIComponent(one.name) + '=' + encodeURIComponent(one.value));
      }
    });
    if (button && button.name) { found.push(encodeURIComponent(button.name) + '=' + encodeURIComponent(button.value)) }
    return found.join('&');
  }
  var pressed = null;
  d.addEventListener('click', function (e) {
    var link = e.target.closest ? e.target.closest('a[data-mo]') : null, button = e.target.closest ? e.target.closest('button') : null;
    pressed = button;
    if (link && box() && box().contains(link) && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      e.preventDefault(); load('GET', link.href, null);
    } else if (button && button.name === 'chen') { e.preventDefault(); insert(button) }
    else if (button && button.name === 'viec' && button.value === 'tim') { e.preventDefault(); find(button.form) }
  });
  d.addEventListener('submit', function (e) {
    var form = e.target, address;
    if (!box() || !box().contains(form) || !/^post$/i.test(form.method)) { return }
    e.preventDefault();
    address = form.getAttribute('action');
    load('POST', address, fields(form, e.submitter || (pressed && pressed.form === form ? pressed : null)));
  });
  /* Figures: looked for without leaving the words, put in where the cursor stands. */
  d.addEventListener('focusout', function (e) {
    if (e.target.id === 'loi') { caret = [e.target.selectionStart, e.target.selectionEnd] }
  });
  d.addEventListener('keydown', function (e) {
    if (e.key === 'Enter' && e.target.id === 'tim' && !e.isComposing) { e.preventDefault(); find(e.target.form) }
  });
  function find(form) {
    var call = new XMLHttpRequest(), list = d.getElementById('so-chon'), base = words('so-lieu');
    var query = ['tim', 'ky_so', 'dv_so'].map(function (name) {
      return name + '=' + encodeURIComponent(form.elements[name].value);
    }).join('&');
    call.open('GET', base + (base.indexOf('?') < 0 ? '?' : '&') + query);
    call.onload = function () {
      var found = [];
      try { found = JSON.parse(call.responseText) } catch (wrong) { return }
      list.textContent = '';
      found.forEach(function (one) { list.appendChild(choice(one)) });
      if (!found.length) { list.appendChild(d.createElement('li')).textContent = words('khong') }
    };
    call.onerror = function () { notice(words('mang'), false) };
    call.send();
  }
  function choice(one) {
    var line = d.createElement('li'), button = line.appendChild(d.createElement('button'));
    button.className = 'cu'; button.name = 'chen'; button.value = one[0]; button.setAttribute('data-so', one[1]);
    button.appendChild(d.createElement('strong')).textContent = one[1];
    button.appendChild(d.createTextNode(' ' + one[3] + ' – ' + one[2]));
    return line;
  }
  function insert(button) {
    var form = button.form, area = form.elements.loi, text = area.value, at = caret || [text.length, text.length];
    var number = button.getAttribute('data-so'), before = text.slice(0, at[0]), after = text.slice(at[1]);
    if (before && !/\s$/.test(before)) { number = ' ' + number }
    area.value = before + number + after;
    keep(form, button);
    area.focus(); area.selectionStart = area.selectionEnd = before.length + number.length;
    caret = [area.selectionStart, area.selectionEnd];
  }
  function keep(form, button) {
    var list = form.querySelector('.so-da-chon'), line, input;
    if ([].some.call(list.querySelectorAll('input'), function (one) { return one.value === button.value })) { return }
    line = list.appendChild(d.createElement('li'));
    input = line.appendChild(d.createElement('input'));
    input.type = 'hidden'; input.name = 'so_lieu'; input.value = button.value;
    line.appendChild(d.createElement('span')).textContent = button.textContent;
  }
  /* What others do is asked for now and then; the words that are being typed stay. */
  function ask() {
    var call = new XMLHttpRequest();
    timer = setTimeout(ask, 20000);
    if (busy || d.hidden || !box() || !words('moi')) { return }
    call.open('GET', words('moi'));
    call.onload = function () {
      var said = null;
      try { said = JSON.parse(call.responseText) } catch (wrong) { return }
      if (call.status === 200 && said.loi) { notice(said.loi, true) }
    };
    call.send();
  }
  timer = setTimeout(ask, 20000);
})(document);
