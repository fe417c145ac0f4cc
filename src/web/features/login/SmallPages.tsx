import { Link } from '@tanstack/react-router';
import { buttonClass } from '@/components/Button';
import { Frame } from '@/components/Frame';

/** `/login/denied` */
export function DeniedPage() {
  return (
    <Frame title="You cannot sign in">
      <p>Your account may not use this server. Ask an administrator if that surprises you.</p>
      <Link to="/login" className={buttonClass()}>
        Sign in as somebody else
      </Link>
    </Frame>
  );
}

/** `/apionlyuser` */
export function ApiOnlyPage() {
  return (
    <Frame title="An account for programs">
      <p>
        This account may use the API only. Sign in with an account of your own to see these pages.
      </p>
      <Link to="/login" className={buttonClass()}>
        Sign in as somebody else
      </Link>
    </Frame>
  );
}
