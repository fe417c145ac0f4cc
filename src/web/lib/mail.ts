import { valueAt, type JsonObject } from '@/lib/fields';

/** Whether the server can mail links, by the settings that administrators see. */
export function canMail(config: JsonObject | undefined): boolean {
  if (!config) return false;
  return valueAt(config, 'smtp_settings.enable_smtp') === true || config.email !== undefined;
}

export function ssoEnabled(config: JsonObject | undefined): boolean {
  return config !== undefined && valueAt(config, 'sso_settings.enable_sso') === true;
}
