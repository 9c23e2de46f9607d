import { describe, expect, it } from 'vitest';
import { detailLevel } from '@/graphview/model/lod';

describe('detailLevel', () => {
  it('shows everything up to 500 items, and moves them', () => {
    expect(detailLevel(500, 1000)).toMatchObject({ labels: Infinity, animated: true, calmWhileMoving: false });
  });

  it('jumps above 500 and labels the top 80 up to 2,000', () => {
    expect(detailLevel(501, 1000)).toMatchObject({ labels: 80, animated: false, calmWhileMoving: false });
  });

  it('labels the top 40 above 2,000 and draws no links while moving', () => {
    expect(detailLevel(2001, 4000)).toMatchObject({ labels: 40, calmWhileMoving: true, faintThinLinks: true });
  });

  it('turns strength into opacity above 5,000 links only', () => {
    expect(detailLevel(400, 5000).strengthAsOpacity).toBe(false);
    expect(detailLevel(400, 5001).strengthAsOpacity).toBe(true);
  });
});
