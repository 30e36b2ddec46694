const probe = document.createElement('span');
probe.hidden = true;

/** A colour of the sheet of styles, as the theme has it now, for a canvas. */
export function colour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}
