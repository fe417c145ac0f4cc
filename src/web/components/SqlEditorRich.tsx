import { useEffect, useEffectEvent, useRef } from 'react';
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { sql, SQLite } from '@codemirror/lang-sql';
import { linter } from '@codemirror/lint';
import { highlightSelectionMatches } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, placeholder } from '@codemirror/view';
import { loadSchema, type Schema } from '@/lib/schema';
import { sqlHints } from '@/lib/sqlHints';
import { editorExtensions } from './editorLook';
import type { SqlEditorProps } from './SqlEditor';

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
        extensions: editorExtensions({
          label,
          minHeight: readOnly ? '0' : '148px',
          maxHeight: '420px',
          onSubmit: () => submit(),
          onChange: (text) => changed(text),
          more: [
            closeBrackets(),
            autocompletion(),
            highlightSelectionMatches(),
            dialect.of(language(null)),
            placeholder('SELECT name, version FROM deb_packages LIMIT 5'),
            EditorState.readOnly.of(readOnly),
            EditorView.editable.of(!readOnly),
            EditorView.updateListener.of((update) => {
              if (update.selectionSet || update.docChanged) moved(update.state.selection.main.head);
            }),
          ],
          keys: [...closeBracketsKeymap, ...completionKeymap],
        }),
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
