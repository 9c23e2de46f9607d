import type { checks as english } from '@/text/en/checks';
import type { Translated } from '@/text/translated';

export const checks: Translated<typeof english> = {
  'check.now': 'افحص الآن',
  'check.label': 'فحص البصمة',
  'check.NONE': 'لم تُفحص منذ وصولها.',
  'check.WAITING': 'يُقرأ الملف كاملًا.',
  'check.SOUND': 'كما سُجلت، فُحصت {at}.',
  'check.ALTERED': 'ليست كما سُجلت، فُحصت {at}.',
  'check.FAILED': 'لم يستجب المخزن، فلم يُفحص شيء. حاول لاحقًا.',
  'custodyVerb.ALERTED': 'إنذار سلامة',
  'custodyVerb.CLEARED': 'رُفع إنذار السلامة',
  'custodyVerb.SCANNED': 'فُحص بحثًا عن الفيروسات',
  'scan.label': 'فحص الفيروسات',
  'scan.NOT_CONFIGURED': 'لم يُفحص: لا يوجد فاحص معدّ هنا.',
  'scan.WAITING': 'لم يُفحص بعد. ينتظر الفاحص.',
  'scan.CLEAN': 'لم يُعثر على شيء، {at}.',
  'scan.INFECTED': 'عُثر على: {found}. لا يمكن لأحد عرضه أو أخذ نسخة منه.',
  'scan.infected': 'عُثر على فيروس',
  'archive.mark': 'أرشيف غير آمن',
  'archive.label': 'الأرشيف',
};
