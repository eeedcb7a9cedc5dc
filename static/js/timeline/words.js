/* Days in words by the reader's locale. */

const MS = 86_400_000;

export function wordsFor(locale) {
  const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const styles = {
    day: format({ day: "numeric", month: "long", year: "numeric" }),
    month: format({ month: "long", year: "numeric" }),
    shortMonth: format({ month: "short" }),
    shortDay: format({ day: "numeric", month: "short" }),
    year: format({ year: "numeric" }),
  };
  return (style, day) => styles[style].format(new Date(day * MS));
}
