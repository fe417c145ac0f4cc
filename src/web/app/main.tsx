import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import '@/styles/tokens.css';
import '@/styles/base.css';
import { session } from '@/api/session';
import { Toasts } from '@/components/Toast';
import { queryClient } from './queryClient';
import { router } from './router';

session.whenExpired((error) => {
  const here = router.state.location;
  if (here.pathname.startsWith('/login')) return;
  queryClient.clear();
  if (error.message === 'password reset required') void router.navigate({ to: '/login/reset' });
  else void router.navigate({ to: '/login', search: { return: here.href } });
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root element');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);
