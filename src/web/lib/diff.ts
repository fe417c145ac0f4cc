export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What makes `after` out of `before`, line by line: the longest common sequence stays. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = lines(before);
  const b = lines(after);
  const width = b.length + 1;
  // longest[i * width + j]: of a from i on, and b from j on.
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        a[i] === b[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
    }
  }
  const out: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (
      j < b.length &&
      (i === a.length || (longest[i * width + j + 1] ?? 0) > (longest[(i + 1) * width + j] ?? 0))
    ) {
      out.push({ kind: 'added', text: b[j] ?? '' });
      j += 1;
    } else {
      out.push({ kind: 'removed', text: a[i] ?? '' });
      i += 1;
    }
  }
  return out;
}

function lines(text: string): string[] {
  return text.trimEnd() === '' ? [] : text.trimEnd().split('\n');
}

/** Leaves only the changes and a few lines around them; null stands for what was left out. */
export function condensed(diff: readonly DiffLine[], around = 3): (DiffLine | null)[] {
  const near = (index: number) =>
    diff.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same');
  const out: (DiffLine | null)[] = [];
  diff.forEach((line, index) => {
    if (near(index)) out.push(line);
    else if (out.at(-1) !== null) out.push(null);
  });
  return out;
}
