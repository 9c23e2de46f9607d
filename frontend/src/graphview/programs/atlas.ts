import { pictogramList } from '@/graphview/programs/pictograms';

/** The atlas is a grid of square cells; both sides are powers of two, so that mipmaps work in WebGL 1. */
export const ATLAS = { columns: 8, rows: 4, cell: 64, padding: 4 } as const;

let drawn: HTMLCanvasElement | null = null;

/** White pictograms on nothing, drawn once and synchronously from their outlines. */
export function pictogramAtlas(): HTMLCanvasElement {
  drawn ??= drawAtlas();
  return drawn;
}

function drawAtlas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = ATLAS.columns * ATLAS.cell;
  canvas.height = ATLAS.rows * ATLAS.cell;
  const context = canvas.getContext('2d');
  if (context) pictogramList().forEach(([, outline], index) => drawCell(context, outline, index));
  return canvas;
}

function drawCell(context: CanvasRenderingContext2D, outline: readonly string[], index: number): void {
  const column = index % ATLAS.columns;
  const row = Math.floor(index / ATLAS.columns);
  const side = ATLAS.cell - 2 * ATLAS.padding;
  context.save();
  context.translate(column * ATLAS.cell + ATLAS.padding, row * ATLAS.cell + ATLAS.padding);
  context.scale(side / 24, side / 24);
  context.strokeStyle = '#fff';
  context.lineWidth = 2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const path of outline) context.stroke(new Path2D(path));
  context.restore();
}

/** Uploads the atlas as a mipmapped texture of this WebGL context. */
export function uploadAtlas(gl: WebGLRenderingContext | WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, pictogramAtlas());
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  gl.generateMipmap(gl.TEXTURE_2D);
  return texture;
}
