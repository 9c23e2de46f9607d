import { useLocation, useNavigate } from 'react-router';

/** A filter that lives in the address behind its `#`: a list can be gone back to, and no server is sent the name that was typed. */
export function useFilter<T extends Readonly<Record<keyof T, string>>>(none: T): [T, (part: Partial<T>) => void] {
  const params = new URLSearchParams(useLocation().hash.slice(1));
  const navigate = useNavigate();
  const filter = Object.fromEntries(Object.entries(none).map(([name]) => [name, params.get(name) ?? ''])) as T;
  const set = (part: Partial<T>): void => {
    const next = Object.entries<string>({ ...filter, ...part }).filter(([, value]) => value !== '');
    void navigate({ hash: new URLSearchParams(next).toString() }, { replace: true });
  };
  return [filter, set];
}
