import type { ProgramInfo } from 'sigma/rendering';

/**
 * The bytes of one program's instances. Sigma uploads every buffer at every frame, twice where picking is on; here only
 * the records that changed since the last upload go to the graphics card, once, and both passes read the same buffer.
 */
export class InstanceBuffer {
  private words: Uint32Array = new Uint32Array(0);
  private from = Infinity;
  private to = -1;
  private uploadedLength = -1;

  /** Takes over the array that sigma allocated; everything in it has to be uploaded. */
  adopt(array: Float32Array): void {
    this.words = new Uint32Array(array.buffer);
    this.uploadedLength = -1;
  }

  /** Notes that the record starting at this word was written. */
  touch(start: number, length: number): void {
    this.from = Math.min(this.from, start);
    this.to = Math.max(this.to, start + length);
  }

  /** Four bytes in one word: written as an integer, since some bit patterns are not kept as a float. */
  pack(at: number, a: number, b: number, c: number, d: number): void {
    this.words[at] = (a & 255) | ((b & 255) << 8) | ((c & 255) << 16) | ((d & 255) << 24);
  }

  /** Uploads what changed to the buffer bound as ARRAY_BUFFER. */
  upload(gl: ProgramInfo['gl']): void {
    if (this.uploadedLength !== this.words.length) {
      gl.bufferData(gl.ARRAY_BUFFER, this.words, gl.DYNAMIC_DRAW);
      this.uploadedLength = this.words.length;
    } else if (this.to > this.from) {
      gl.bufferSubData(gl.ARRAY_BUFFER, this.from * 4, this.words.subarray(this.from, this.to));
    }
    this.from = Infinity;
    this.to = -1;
  }
}

/** Corners of the quad drawn for each instance, as a triangle strip. */
export const CORNERS = [[-1, -1], [1, -1], [-1, 1], [1, 1]];
