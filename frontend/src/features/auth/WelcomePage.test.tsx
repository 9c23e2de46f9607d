import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cache } from '@/api/cache';
import { WelcomePage } from '@/features/auth/WelcomePage';

const show = (): HTMLElement => render(<QueryClientProvider client={cache}><WelcomePage icon="sign.svg" /></QueryClientProvider>).container;
const answers = (body: unknown): void => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(body)))));
};
const type = async (password: string, again: string): Promise<void> => {
  await userEvent.type(screen.getByLabelText('New password'), password);
  await userEvent.type(screen.getByLabelText('The same once more'), again);
};

beforeEach(() => history.replaceState(null, '', '/welcome#ABCD-EFGH'));
afterEach(() => vi.unstubAllGlobals());

describe('WelcomePage', () => {
  it('takes the code out of the address, sets the password and says the login', async () => {
    answers({ data: { setPassword: 'egle' } });
    show();
    expect(location.hash).toBe('');
    await type('correct horse battery', 'correct horse battery');
    await userEvent.click(screen.getByRole('button', { name: 'Set password' }));
    expect(await screen.findByRole('status')).toHaveTextContent('You sign in as egle.');
    expect(vi.mocked(fetch).mock.calls.map(([, init]) => init?.body)).toContainEqual(expect.stringContaining('"code":"ABCD-EFGH","password":"correct horse battery"'));
  });

  it('sends nothing while the two passwords differ', async () => {
    show();
    await type('correct horse battery', 'correct horse batterz');
    expect(screen.getByText('The two are not the same.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Set password' })).toBeDisabled();
  });

  it('says at the code that it opens nothing, and keeps what was typed', async () => {
    answers({ errors: [{ message: 'This code opens nothing.', extensions: { code: 'INVALID', field: 'code' } }] });
    show();
    await type('correct horse battery', 'correct horse battery');
    await userEvent.click(screen.getByRole('button', { name: 'Set password' }));
    expect(await screen.findByText('This code opens nothing.')).toBeVisible();
    expect(screen.getByLabelText('Code')).toHaveValue('ABCD-EFGH');
  });

  it('is clean for axe', async () => {
    const { violations } = await axe.run(show(), { rules: { 'color-contrast': { enabled: false } } });
    expect(violations).toEqual([]);
  });
});
