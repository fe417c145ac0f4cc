import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { auth } from '@/api/auth';
import { session } from '@/api/session';

/** `/logout`: ends the session here even when the server cannot be told. */
export function LogoutPage() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  useEffect(() => {
    void auth
      .logout()
      .catch(() => undefined)
      .then(() => {
        session.end();
        cache.clear();
        return navigate({ to: '/login', replace: true });
      });
  }, [cache, navigate]);
  return <p role="status">Signing out…</p>;
}
