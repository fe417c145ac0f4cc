import { useId } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { settings, type LogoMode } from '@/api/settings';
import { Button, buttonClass } from '@/components/Button';
import { FormError } from '@/components/Field';
import { Card } from '@/components/Page';
import { toast } from '@/components/Toast';
import { basePath } from '@/lib/base';
import { cx } from '@/lib/cx';
import { valueAt, type JsonObject } from '@/lib/fields';
import styles from './Settings.module.css';

const kinds: readonly [mode: LogoMode, path: string, title: string][] = [
  ['light', 'org_info.org_logo_url_light_background', 'On light backgrounds'],
  ['dark', 'org_info.org_logo_url', 'On dark backgrounds'],
];
const most = 100 * 1024;

/** The logos as they look, and the way to upload others. */
export function Logos({ config, readOnly }: { config: JsonObject; readOnly: boolean }) {
  return (
    <Card title="Logos">
      <div className={styles.logos}>
        {kinds.map(([mode, path, title]) => {
          const address = valueAt(config, path);
          return (
            <Logo
              key={mode}
              mode={mode}
              title={title}
              address={typeof address === 'string' ? address : ''}
              readOnly={readOnly}
            />
          );
        })}
      </div>
      <p className={styles.note}>PNG, JPEG, WebP or SVG, at most 100 KB.</p>
    </Card>
  );
}

function Logo({
  mode,
  title,
  address,
  readOnly,
}: {
  mode: LogoMode;
  title: string;
  address: string;
  readOnly: boolean;
}) {
  const cache = useQueryClient();
  const id = useId();
  const uploaded = address.startsWith('/');
  const fresh = () => cache.invalidateQueries({ queryKey: ['config'] });
  const put = useMutation({
    mutationFn: (file: File) => {
      if (file.size > most) throw new ApiError(0, 'This file is larger than 100 KB.');
      return settings.putLogo(mode, file);
    },
    onSuccess: async () => {
      await fresh();
      toast.ok('The logo was saved.');
    },
  });
  const remove = useMutation({ mutationFn: () => settings.removeLogo(mode), onSuccess: fresh });
  const error = put.error ?? remove.error;
  return (
    <div className={styles.logo}>
      <h3>{title}</h3>
      <div className={cx(styles.stage, mode === 'light' ? styles.light : styles.dark)}>
        {address ? (
          <img src={uploaded ? `${basePath}${address}` : address} alt={`Logo, ${title}`} />
        ) : (
          'No logo'
        )}
      </div>
      <FormError>{error instanceof ApiError ? error.summary() : error?.message}</FormError>
      <div className={styles.row}>
        <label
          htmlFor={id}
          className={cx(buttonClass({ size: 's' }), styles.upload)}
          data-disabled={readOnly || put.isPending || undefined}
        >
          {put.isPending ? 'Uploading…' : 'Upload'}
          <span className="sr-only"> a logo, {title}</span>
        </label>
        <input
          id={id}
          type="file"
          className="sr-only"
          accept="image/png,image/jpeg,image/webp,image/svg+xml"
          disabled={readOnly || put.isPending}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) put.mutate(file);
            event.target.value = '';
          }}
        />
        {uploaded && (
          <Button
            size="s"
            busy={remove.isPending}
            disabled={readOnly}
            onClick={() => remove.mutate()}
          >
            Remove
          </Button>
        )}
      </div>
    </div>
  );
}
