import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { attended } from '@/api/attendance';
import { refresh } from '@/api/cache';
import { noted, refusal } from '@/api/client';
import { ApiError } from '@/api/errors';
import { fileAddress, type ExhibitInfo } from '@/features/evidence/queries';

const sizes = [600, 900, 1200, 1600, 2400] as const;

/** The size in which a page is fetched so that its points are no larger than those of the screen. */
export const sizeFor = (width: number, ratio: number): number => sizes.find((each) => each >= width * ratio) ?? 2400;

async function fetchPage(address: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(address, { credentials: 'same-origin', signal, headers: attended() ? {} : { 'Joinder-Unattended': '1' } }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw noted(new ApiError('OFFLINE', 'unreachable'));
  });
  if (response.ok) return response.blob();
  throw noted(refusal(response.status, await response.json().catch(() => null)));
}

/**
 * The picture of a page as an address within this page; it is held in memory only, under its space. It is drawn anew when a marking
 * begins or ceases to ask for a watermark.
 */
export function usePicture(space: string, of: Pick<ExhibitInfo, 'id' | 'file'>, page: number, width: number) {
  const query = useQuery<Blob, ApiError>({
    queryKey: [space, 'ExhibitPicture', of.id, page, width, of.file?.watermarked],
    queryFn: async ({ signal }) => {
      const picture = await fetchPage(`${fileAddress(space, of.id, `/pages/${page}`)}&width=${width}`, signal);
      void refresh(space, ['ExhibitViewings']); // this was one
      return picture;
    },
    staleTime: Infinity,
  });
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!query.data) {
      setAddress(null);
      return undefined;
    }
    const made = URL.createObjectURL(query.data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [query.data]);
  return { ...query, address };
}
