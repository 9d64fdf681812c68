/** Small things that every part of the page needs. Text is only ever set as text. */

const TIME_OF_DAY = new Intl.DateTimeFormat([], { timeStyle: 'medium', hourCycle: 'h23' });

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * A new element.
 *
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Sets a text unless it is there already, so that nothing is painted or announced in vain. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Lets a colour show for a moment, unless the person does not want things to move. */
export function flash(element, color) {
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
    element.animate({ backgroundColor: [color, 'transparent'] }, { duration: 1500, easing: 'ease-out' });
  }
}

/** The time of day. */
export function timeOfDay(millis) {
  return TIME_OF_DAY.format(millis);
}

/** A length of time for a person. */
export function duration(millis) {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/** A number of bytes for a person. */
export function bytes(count) {
  return count < 1000 ? `${count} B` : `${(count / 1000).toFixed(1)} kB`;
}

/** A number and what it counts. */
export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}
