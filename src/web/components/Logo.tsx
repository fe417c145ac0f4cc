export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden>
      <rect width="32" height="32" rx="8" fill="#3451d1" />
      <path d="M8 20.5 16 7l8 13.5-8-3.4z" fill="#fff" />
      <path d="M9.5 24.5h13" stroke="#a9b8ff" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
