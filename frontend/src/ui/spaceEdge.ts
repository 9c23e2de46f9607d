interface Countries {
  readonly countries: readonly string[];
  readonly thirdCountries: readonly string[];
}

/** Member codes in order of joining, third countries with a plus: "IT NL LT +MA". */
export function memberCodes({ countries, thirdCountries }: Countries): string {
  return countries.map((code) => (thirdCountries.includes(code) ? `+${code}` : code)).join(' ');
}
