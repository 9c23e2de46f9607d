import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cache } from '@/api/cache';
import type { Document } from '@/api/client';
import { useAct } from '@/api/hooks';

const change = 'mutation Change($id: ID!, $key: String!) { change(id: $id, key: $key) }' as unknown as Document<{ change: string }, { id: string; key: string }>;
const wrapper = ({ children }: { readonly children: ReactNode }): ReactNode => <QueryClientProvider client={cache}>{children}</QueryClientProvider>;
const keys = (): unknown[] => vi.mocked(fetch).mock.calls.map(([, init]) => (JSON.parse(init?.body as string) as { variables: { key: string } }).variables.key);
const says = (...bodies: readonly object[]): void => {
  const left = [...bodies];
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(left.length > 1 ? left.shift() : left[0])))));
};
const failed = { errors: [{ message: '', extensions: { code: 'INTERNAL' } }] };

afterEach(() => vi.unstubAllGlobals());

describe('useAct', () => {
  it('sends the same change again under the same key', async () => {
    says(failed, { data: { change: 'x' } });
    const { result } = renderHook(() => useAct(change), { wrapper });
    act(() => result.current.mutate({ id: '1' }));
    await waitFor(() => expect(result.current.isError).toBe(true));
    act(() => result.current.mutate({ id: '1' }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true));
    expect(new Set(keys()).size).toBe(1);
  });

  it('gives another change, and the next one alike, a key of their own', async () => {
    says({ data: { change: 'x' } });
    const { result } = renderHook(() => useAct(change), { wrapper });
    for (const id of ['1', '1', '2']) await act(() => result.current.mutateAsync({ id }));
    expect(new Set(keys()).size).toBe(3);
  });

  it('waits over a restart and goes out again by itself, under the same key', async () => {
    says({ errors: [{ message: '', extensions: { code: 'RESTARTING' } }] }, { data: { change: 'x' } });
    const { result } = renderHook(() => useAct(change), { wrapper });
    act(() => result.current.mutate({ id: '1' }));
    await waitFor(() => expect(result.current.isSuccess).toBe(true), { timeout: 3000 });
    expect(keys()).toHaveLength(2);
    expect(new Set(keys()).size).toBe(1);
  });
});
