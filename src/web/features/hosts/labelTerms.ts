/** The part of label expressions that can be put together by hand: all of, any of, none of. */
export interface LabelTerms {
  all: number[];
  any: number[];
  none: number[];
}

export const noTerms: LabelTerms = { all: [], any: [], none: [] };

/** `1 and 2 and (3 or 4) and not 5` */
export function toExpression({ all, any, none }: LabelTerms): string {
  const either = any.length > 1 ? `(${any.join(' or ')})` : any.join('');
  return [...all.map(String), ...(either ? [either] : []), ...none.map((id) => `not ${id}`)].join(
    ' and ',
  );
}

/** Reads what `toExpression` writes; null: somebody wrote something richer. */
export function fromExpression(text: string): LabelTerms | null {
  const terms: LabelTerms = { all: [], any: [], none: [] };
  for (const part of text.trim().split(/\s+and\s+/i)) {
    const either = /^\(\s*(\d+(?:\s+or\s+\d+)+)\s*\)$/i.exec(part)?.[1];
    const not = /^not\s+(\d+)$/i.exec(part)?.[1];
    if (either !== undefined) {
      if (terms.any.length > 0) return null;
      terms.any = either.split(/\s+or\s+/i).map(Number);
    } else if (not !== undefined) {
      terms.none.push(Number(not));
    } else if (/^\d+$/.test(part)) {
      terms.all.push(Number(part));
    } else {
      return null;
    }
  }
  return terms;
}

/** The expression with names instead of numbers, for people. */
export function withNames(text: string, labels: readonly { id: number; name: string }[]): string {
  return text.replace(/"(?:[^"]|"")*"|\b\d+\b/g, (term) => {
    const name = labels.find((label) => String(label.id) === term)?.name;
    return name ? `“${name}”` : term;
  });
}
