import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode } from 'react';
import { BrowserRouter } from 'react-router';
import { cache } from '@/api/cache';
import { t } from '@/text/text';

/** The whole front-end. */
export function App(): ReactNode {
  return (
    <QueryClientProvider client={cache}>
      <BrowserRouter>
        <p>{t('app.name')}</p>
      </BrowserRouter>
    </QueryClientProvider>
  );
}
