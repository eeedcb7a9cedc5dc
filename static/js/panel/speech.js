/* Sentences with numbers in them, in the forms the language has for one, two, few and many. */

/** `words` as the page carries them; gives {say(name, n), number(n)}. */
export function speech(words, locale) {
  const rules = new Intl.PluralRules(locale);
  const format = new Intl.NumberFormat(locale);
  const number = (n) => format.format(n);
  return {
    number,
    text: (name) => words[name],
    say: (name, n) => (words[name][rules.select(n)] ?? words[name].other).replace("%(n)s", number(n)),
  };
}
