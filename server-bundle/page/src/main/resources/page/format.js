const NUMBER = new Intl.NumberFormat('en');
const WHEN = new Intl.DateTimeFormat('en', {dateStyle: 'medium', timeStyle: 'medium'});
const CLOCK = new Intl.DateTimeFormat('en', {timeStyle: 'medium'});

export const count = (value) => NUMBER.format(value);

/** "1 work unit", "2 work units". */
export const counted = (value, one, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

export const when = (iso) => (iso ? WHEN.format(new Date(iso)) : '');

export const clock = (date) => CLOCK.format(date);

/** Seconds as people say them: 0.4 s, 12 s, 3 min 5 s, 2 h 7 min, 3 d 4 h. */
export function duration(seconds) {
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ');
}

export const seconds = (from, to) => (new Date(to) - new Date(from)) / 1000;

/** A value of JSON in one line, cut where it is long. */
export function brief(value, limit = 120) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}

export const pretty = (value) =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);
