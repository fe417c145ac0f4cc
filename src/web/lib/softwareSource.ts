const names: Record<string, string> = {
  apps: 'Application (macOS)',
  atom_packages: 'Package (Atom)',
  chocolatey_packages: 'Package (Chocolatey)',
  chrome_extensions: 'Browser extension',
  deb_packages: 'Package (deb)',
  firefox_addons: 'Browser extension (Firefox)',
  go_packages: 'Package (Go)',
  homebrew_packages: 'Package (Homebrew)',
  ie_extensions: 'Browser extension (IE)',
  jetbrains_plugins: 'IDE extension (JetBrains)',
  npm_packages: 'Package (npm)',
  pkg_packages: 'Package (pkg)',
  portage_packages: 'Package (Portage)',
  programs: 'Program (Windows)',
  python_packages: 'Package (Python)',
  rpm_packages: 'Package (rpm)',
  safari_extensions: 'Browser extension (Safari)',
  vscode_extensions: 'IDE extension (VS Code)',
};

/** Where software comes from, in words. */
export function sourceName(source: string, extensionFor?: string): string {
  const name = names[source] ?? source.replaceAll('_', ' ');
  if (!extensionFor) return name;
  return `${name.replace(/ \(.*\)$/, '')} (${extensionFor.charAt(0).toUpperCase()}${extensionFor.slice(1)})`;
}
