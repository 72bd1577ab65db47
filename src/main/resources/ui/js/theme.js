// A plain script, read before the first paint, so that a remembered theme does not flash.
(() => {
  const KEY = 'innkeeper.theme';
  const CHOICES = ['auto', 'light', 'dark'];

  function remembered() {
    try {
      const value = localStorage.getItem(KEY);
      return CHOICES.includes(value) ? value : 'auto';
    } catch {
      return 'auto'; // storage may be forbidden; the page works without it
    }
  }

  function show(choice) {
    if (choice === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  }

  window.innkeeperTheme = {
    get: remembered,
    next() {
      const choice = CHOICES[(CHOICES.indexOf(remembered()) + 1) % CHOICES.length];
      try {
        localStorage.setItem(KEY, choice);
      } catch { /* not remembered, still shown */ }
      show(choice);
      return choice;
    },
  };
  show(remembered());
})();
