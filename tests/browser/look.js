/**
 * What is wrong with the screen as it stands, by rule: lists of sentences that name the culprit. Run in the page by
 * test_screen_rules_layout.py; `large` is the size in pixels of the thumb's target, `gap` the distance between two.
 */
({ large, gap, deskRow = 40 }) => {
  const colours = {};
  const scope = document.querySelector('dialog[open]') ?? document.body;
  const current = document.querySelector('dialog[open]') ?? document.querySelector('[data-pane="current"]') ?? scope;
  // A visit in the laptop's calendar is as large as its time, and has its row on the phone.
  const controls = [...scope.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(
    (one) => isSeen(one) && !isAside(one) && !one.closest('.visit'),
  );

  return {
    small: controls.filter((one) => !isInSentence(one)).flatMap(tooSmall),
    close: tooClose(),
    corners: [...document.querySelectorAll('[data-pane="current"] .screen > header')].flatMap(unexpectedInHeader),
    low: notLow(),
    chip: chipMissing(),
    wide: tooWide(),
    clipped: [...scope.querySelectorAll('*')].filter(isClipped).map(nameOf),
    fields: [...document.querySelectorAll('[contenteditable], textarea[inputmode], textarea[readonly]')].map(nameOf),
    coloured: [...document.querySelectorAll('body *')].flatMap(inSignalColour),
    help: helpPlaces(),
    unnamed: [...scope.querySelectorAll('meter, progress, svg[role="img"], canvas')].filter(saysNothing).map(nameOf),
  };

  /** What the browser leaves out until it is scrolled to has no size yet. */
  function isSeen(one) {
    return one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  }

  function nameOf(one) {
    const words = one.getAttribute('aria-label') ?? one.labels?.[0]?.innerText ?? one.innerText ?? '';
    const kind = [one.localName, ...one.classList].filter((word) => !word.startsWith('svelte-')).join('.');
    return `${kind} “${words.trim().replaceAll(/\s+/g, ' ').slice(0, 40)}”`;
  }

  /** Not on the screen: the skip link before it has the focus. */
  function isAside(one) {
    const { bottom, right } = one.getBoundingClientRect();
    return bottom <= 0 && right > 0 && getComputedStyle(one).position === 'fixed';
  }

  /** What a thumb can hit: a field together with its label, when the label passes the tap on to it. */
  function targetOf(one) {
    const rects = [one, ...(one.matches('[type=radio], [type=checkbox]') ? one.labels : [])].map((it) =>
      it.getBoundingClientRect(),
    );
    const left = Math.min(...rects.map((it) => it.left));
    const top = Math.min(...rects.map((it) => it.top));
    const right = Math.max(...rects.map((it) => it.right));
    const bottom = Math.max(...rects.map((it) => it.bottom));
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  }

  /** A link among words of a sentence is as tall as its line (WCAG 2.5.8 leaves it out too). */
  function isInSentence(one) {
    return one.localName === 'a' && getComputedStyle(one).display === 'inline';
  }

  function tooSmall(one) {
    const { width, height } = targetOf(one);
    // [U10] A wide screen's table has denser rows.
    const least = one.closest('table.desk') ? deskRow : large;
    if (width >= least - 0.5 && height >= least - 0.5) return [];
    return [`${nameOf(one)} ${width.toFixed(0)} × ${height.toFixed(0)}`];
  }

  /** What stays in place while the rest scrolls, and so may lie over anything. */
  function layerOf(one) {
    let at = one;
    while (at && !['fixed', 'sticky'].includes(getComputedStyle(at).position)) at = at.parentElement;
    return at;
  }

  /** Rows that touch are far enough from each other when they are taller than they need to be. */
  function tooClose() {
    const found = [];
    const targets = controls
      .filter((one) => !isInSentence(one))
      .map((one) => ({ one, layer: layerOf(one), pane: one.closest('[data-pane], aside, nav'), at: targetOf(one) }));
    targets.forEach((a, index) => {
      for (const b of targets.slice(index + 1)) {
        if (a.layer !== b.layer || a.pane !== b.pane || a.one.contains(b.one)) continue;
        // [U10] The rows of such a table touch.
        if (a.one.closest('table.desk') && b.one.closest('table.desk')) continue;
        const across = Math.max(a.at.left, b.at.left) - Math.min(a.at.right, b.at.right);
        const down = Math.max(a.at.top, b.at.top) - Math.min(a.at.bottom, b.at.bottom);
        const spareAcross = (a.at.width + b.at.width) / 2 - large;
        const spareDown = (a.at.height + b.at.height) / 2 - large;
        if (across + spareAcross >= gap - 0.5 || down + spareDown >= gap - 0.5) continue;
        found.push(`${nameOf(a.one)} and ${nameOf(b.one)}: ${across.toFixed(0)}, ${down.toFixed(0)}`);
      }
    });
    return found;
  }

  function unexpectedInHeader(header) {
    if (!header.checkVisibility()) return [];
    return [...header.querySelectorAll('a, button, input')].filter((one) => !one.matches('.back, [data-sync]')).map(nameOf);
  }

  /** Where there is a primary action, one stands in the lowest third. */
  function notLow() {
    const mains = [...current.querySelectorAll('.button.main')].filter((one) => one.checkVisibility());
    const isLow = (one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return (top + bottom) / 2 >= (innerHeight * 2) / 3 && bottom <= innerHeight;
    };
    return mains.length > 0 && !mains.some(isLow) ? mains.map(nameOf) : [];
  }

  function chipMissing() {
    const chips = [...document.querySelectorAll('[data-sync]')].filter((one) => one.checkVisibility());
    if (chips.length !== 1) return [`${chips.length} sync chips`];
    return chips.filter((one) => one.innerText.trim() === '' || !one.querySelector('svg')).map(nameOf);
  }

  /** What would have to be scrolled sideways. */
  function tooWide() {
    const page = document.scrollingElement;
    const isOut = (one) => one.getBoundingClientRect().right > page.clientWidth + 1;
    const culprits = () =>
      [...document.body.querySelectorAll('*')].filter((one) => isOut(one) && ![...one.children].some(isOut)).slice(0, 4);
    const found =
      page.scrollWidth > page.clientWidth
        ? [`the page is ${page.scrollWidth} wide: ${culprits().map(nameOf).join(', ')}`]
        : [];
    const scrolls = [...scope.querySelectorAll('*')].filter(
      (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1,
    );
    return [...found, ...scrolls.map((one) => `${nameOf(one)} scrolls sideways`)];
  }

  /** Text cut off by its own box, or reaching beyond the screen. */
  function isClipped(one) {
    const texts = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
    if (texts.length === 0 || !isSeen(one) || one.closest('.unseen, svg, .skip')) return false;
    const style = getComputedStyle(one);
    // An excerpt of so many lines is cut on purpose: it leads to the whole.
    if (style.clipPath !== 'none' || style.webkitLineClamp !== 'none' || one.localName === 'option') return false;
    const cut = clipperOf(one);
    const box = cut?.getBoundingClientRect();
    const isCutBelow = cut && getComputedStyle(cut).overflowY === 'hidden';
    return texts.some((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (text.right > innerWidth + 1 || text.left < -1) return true;
      return cut && (text.right > box.right + 1.5 || (isCutBelow && text.bottom > box.bottom + 1.5));
    });
  }

  function clipperOf(one) {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(at);
      if (/auto|scroll/.test(overflowY)) return null;
      if (/hidden|clip/.test(overflowX)) return at;
    }
    return null;
  }

  /** What is amber or red although nothing needs fixing and nobody is in danger. */
  function inSignalColour(one) {
    const style = getComputedStyle(one);
    const border = one.localName !== 'svg' && parseFloat(style.borderTopWidth) > 0 ? [style.borderTopColor] : [];
    const shown = new Set([style.color, style.backgroundColor, ...border]);
    const words = ['fix', 'fix-soft', 'safety', 'safety-soft'].filter((word) => shown.has(colourOf(word)));
    return isSeen(one) && words.length > 0 ? [`${words.join(', ')}: ${nameOf(one)}`] : [];
  }

  function colourOf(token) {
    colours[token] ??= (() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = `var(--${token})`;
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    })();
    return colours[token];
  }

  /** Where the way to help stands in the bars; in the side bar beneath the bar of a check-in, which stands above it. */
  function helpPlaces() {
    const bar = document.querySelector('.bar-of-watch')?.offsetHeight ?? 0;
    const links = [...document.querySelectorAll('nav:not(aside nav) a[href="/more"], aside a[href="/help"]')];
    return links
      .filter((one) => one.checkVisibility())
      .map((one) => [one.getBoundingClientRect(), one.closest('aside') ? bar : 0])
      .map(([{ left, top }, above]) => `${left.toFixed(0)}, ${(top - above).toFixed(0)}`);
  }

  /** A drawing of figures without its sentence, or whose figures stand nowhere to be read. */
  function saysNothing(one) {
    const by = document.getElementById(one.getAttribute('aria-labelledby') ?? '');
    const sentence = by?.textContent ?? one.getAttribute('aria-label') ?? '';
    const beside = one.parentElement.textContent ?? '';
    return !/\d/.test(sentence) || !/\d/.test(beside);
  }
}
