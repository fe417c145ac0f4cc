import { useEffect, useEffectEvent, useRef } from 'react';
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { sql, SQLite } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { loadSchema, type Schema } from '@/lib/schema';
import { sqlHints } from '@/lib/sqlHints';
import type { SqlEditorProps } from './SqlEditor';

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--sql-keyword)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--sql-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--sql-number)' },
  { tag: tags.comment, color: 'var(--sql-comment)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--sql-name)' },
]);

const look = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', maxHeight: '420px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--text-3)',
    border: 'none',
    borderRight: '1px solid var(--border)',
    minWidth: '36px',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)',
  },
  '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'color-mix(in srgb, var(--accent) 26%, transparent)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 22%, transparent)',
    outline: 'none',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-raised)',
    color: 'var(--text)',
    border: '1px solid var(--border)',
    borderRadius: '8px',
    boxShadow: 'var(--shadow-2)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-solid)',
    color: 'var(--on-accent)',
  },
  '.cm-completionDetail': { color: 'inherit', opacity: '0.75', fontStyle: 'normal' },
  '.cm-panels': {
    backgroundColor: 'var(--surface-sunken)',
    color: 'var(--text)',
    borderColor: 'var(--border)',
  },
});

function language(schema: Schema | null): Extension {
  const tables = (schema?.tables ?? []).map((table): [string, string[]] => [
    table.name,
    table.columns.filter((column) => !column.hidden).map((column) => column.name),
  ]);
  return sql({ dialect: SQLite, upperCaseKeywords: true, schema: Object.fromEntries(tables) });
}

/** Underlines what the hints below the editor are about. */
function underlines(schema: Schema): Extension {
  return linter(
    (view) =>
      sqlHints(view.state.doc.toString(), schema).map((hint) => ({
        ...hint,
        severity: 'warning' as const,
      })),
    { delay: 500 },
  );
}

/** The one stretch in which two texts differ. */
function difference(before: string, after: string) {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - from;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** The rich editor. Tab leaves it: nobody gets trapped. */
export default function SqlEditorRich(props: SqlEditorProps) {
  const { value, label, readOnly = false } = props;
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const changed = useEffectEvent((text: string) => props.onChange?.(text));
  const submit = useEffectEvent(() => props.onSubmit?.());
  const moved = useEffectEvent((place: number) => props.onCursor?.(place));
  const initial = useEffectEvent(() => value);

  useEffect(() => {
    const parent = frame.current;
    if (!parent) return undefined;
    const dialect = new Compartment();
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: initial(),
        extensions: [
          // Before the default keys, which would insert a blank line.
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                submit();
                return true;
              },
            },
          ]),
          lineNumbers(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          syntaxHighlighting(colours),
          dialect.of(language(null)),
          placeholder('SELECT name, version FROM deb_packages LIMIT 5'),
          keymap.of([
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...defaultKeymap,
            ...searchKeymap,
            ...historyKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorState.readOnly.of(readOnly),
          EditorView.editable.of(!readOnly),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
            if (update.selectionSet || update.docChanged) moved(update.state.selection.main.head);
          }),
          look,
          EditorView.theme({ '.cm-content, .cm-gutter': { minHeight: readOnly ? '0' : '148px' } }),
        ],
      }),
    });
    view.current = editor;
    if (!readOnly) {
      void loadSchema().then((schema) => {
        if (view.current === editor) {
          editor.dispatch({
            effects: dialect.reconfigure([language(schema), underlines(schema)]),
          });
        }
      });
    }
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label, readOnly]);

  // The text changes from outside when another query is loaded into the same page.
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    const change = difference(editor.state.doc.toString(), value);
    editor.dispatch({
      changes: change,
      selection: { anchor: change.from + change.insert.length },
    });
  }, [value]);

  return <div ref={frame} />;
}
