import { useEffect, useEffectEvent, useRef } from 'react';
import { yaml } from '@codemirror/lang-yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { Fault } from '@/lib/yaml';
import { editorExtensions } from './editorLook';
import styles from './CodeEditor.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  faults: readonly Fault[];
  readOnly?: boolean;
  /** Ctrl/Cmd+Enter. */
  onSubmit?: () => void;
}

/** Text in YAML or JSON, with its faults marked. Tab leaves it: nobody gets trapped. */
export function CodeEditor({ label, value, onChange, faults, readOnly = false, onSubmit }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const lock = useRef(new Compartment());
  const changed = useEffectEvent(onChange);
  const submit = useEffectEvent(() => onSubmit?.());
  const initial = useEffectEvent(() => value);

  useEffect(() => {
    const parent = frame.current;
    if (!parent) return undefined;
    const editor = new EditorView({
      parent,
      state: EditorState.create({
        doc: initial(),
        extensions: editorExtensions({
          label,
          minHeight: '300px',
          maxHeight: '62vh',
          onSubmit: () => submit(),
          onChange: (text) => changed(text),
          more: [lintGutter(), yaml(), lock.current.of([])],
        }),
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label]);

  useEffect(() => {
    const locked = [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)];
    view.current?.dispatch({ effects: lock.current.reconfigure(locked) });
  }, [readOnly, label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const marks = faults.map(({ from, to, message }) => ({
      from: Math.min(from, end),
      to: Math.min(to, end),
      message,
      severity: 'error' as const,
    }));
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [faults, label]);

  return <div ref={frame} className={styles.frame} data-read-only={readOnly || undefined} />;
}
