// Before the first paint, so that nobody is blinded by the wrong theme.
try {
  const theme = window.localStorage.getItem('carillon.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage is off: the system's theme it is.
}
