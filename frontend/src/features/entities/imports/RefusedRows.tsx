import { useMutation } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { handOver, reportOf, translatedReport } from '@/features/entities/imports/report';
import { t } from '@/text/text';
import { Button } from '@/ui/Button';
import { ReadProblem } from '@/ui/States';

/** Hands over the rows that were refused, their reasons in the reader's language; a download that fails is told at once. */
export function RefusedRows({ space, importId }: { readonly space: string; readonly importId: string }): ReactNode {
  const download = useMutation({
    mutationFn: () => reportOf(space, importId),
    onSuccess: (csv) => handOver(translatedReport(csv), t('imports.report.file')),
    retry: false,
  });
  return (
    <>
      <Button disabled={download.isPending} onClick={() => download.mutate()}><IconDownload size={16} aria-hidden />{t('imports.report')}</Button>
      {download.error && <ReadProblem error={download.error} />}
    </>
  );
}
