import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { reached, restarting, unreachable, useConnection } from '@/api/connection';

it('says of a server that cannot be reached no longer what it said last', () => {
  const { result } = renderHook(() => useConnection());
  const said = () => [result.current.offlineSince !== null, result.current.restartingSince !== null];
  act(() => restarting());
  expect(said()).toEqual([false, true]);
  act(() => unreachable());
  expect(said()).toEqual([true, false]);
  act(() => restarting());
  expect(said()).toEqual([false, true]);
  act(() => reached());
  expect(said()).toEqual([false, false]);
});
