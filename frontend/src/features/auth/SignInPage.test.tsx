import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cache } from '@/api/cache';
import { SignInPage } from '@/features/auth/SignInPage';

const people = [{ id: 'p1', name: 'Chiara Bellandi', function: 'prosecutor', roles: ['lead'], agency: { id: 'a', name: 'Procura', country: 'IT' } }];
const signedIn = vi.fn();

function show(part: { demo: boolean; demoToken: string | null }): HTMLElement {
  const page = <SignInPage icon="sign.svg" people={part.demo ? people : []} ended={false} onSignedIn={signedIn} {...part} />;
  return render(<QueryClientProvider client={cache}>{page}</QueryClientProvider>).container;
}

const answers = (body: unknown): void => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(body)))));
};

afterEach(() => {
  vi.unstubAllGlobals();
  signedIn.mockReset();
});

describe('SignInPage', () => {
  it('offers the agencies that have a sign-in of their own', async () => {
    answers([{ slug: 'polizia', name: 'Polizia di Stato' }]);
    show({ demo: false, demoToken: null });
    expect(await screen.findByRole('link', { name: 'Polizia di Stato' })).toHaveAttribute('href', '/auth/polizia/start');
  });

  it('signs in with one click in a demonstration, with the token of this start', async () => {
    answers({ data: { signInAs: { id: 'p1' } } });
    show({ demo: true, demoToken: 'T' });
    await userEvent.click(screen.getByRole('button', { name: /Chiara Bellandi/ }));
    expect(signedIn).toHaveBeenCalledOnce();
    expect(vi.mocked(fetch).mock.calls[0]?.[1]?.body).toContain('"demoToken":"T"');
  });

  it('offers nobody without the token, and says why', () => {
    show({ demo: true, demoToken: null });
    expect(screen.queryByRole('button', { name: /Chiara/ })).toBeNull();
    expect(screen.getByText(/printed when it started/)).toBeVisible();
  });

  it('keeps what was typed when the server refuses', async () => {
    answers({ errors: [{ message: 'Login or password is wrong.', extensions: { code: 'INVALID' } }] });
    show({ demo: false, demoToken: null });
    await userEvent.type(screen.getByLabelText('Login'), 'chiara');
    await userEvent.type(screen.getByLabelText('Password'), 'secret');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Login or password is wrong.');
    expect(screen.getByLabelText('Login')).toHaveValue('chiara');
  });

  it('is clean for axe', async () => {
    const { violations } = await axe.run(show({ demo: true, demoToken: 'T' }), { rules: { 'color-contrast': { enabled: false } } });
    expect(violations).toEqual([]);
  });
});
