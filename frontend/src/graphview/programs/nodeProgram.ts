import { NodeProgram, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { uploadAtlas } from '@/graphview/programs/atlas';
import type { NodeLook } from '@/graphview/programs/looks';
import { CORNERS } from '@/graphview/programs/instances';
import { NODE_FRAGMENT, NODE_VERTEX } from '@/graphview/programs/node.glsl';
import { flatten, type Stage } from '@/graphview/programs/stage';
import { uploadingChanges } from '@/graphview/programs/uploadChanges';

const UNIFORMS = [
  'u_matrix', 'u_viewport', 'u_scale', 'u_dim', 'u_pixel', 'u_kinds', 'u_people', 'u_canvas', 'u_accent', 'u_line2', 'u_icon', 'u_atlas',
] as const;
type Uniform = (typeof UNIFORMS)[number];
const BLACK = [0, 0, 0];

/** The one program that draws every item of a chart: three shapes as distance functions, one quad each. */
export function createNodeProgram(stage: Stage) {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGL2RenderingContext;
  return class ChartNodeProgram extends uploadingChanges(NodeProgram<Uniform>, stage) {
    private readonly atlas = uploadAtlas(this.normalProgram.gl);

    getDefinition() {
      return {
        VERTICES: 4,
        VERTEX_SHADER_SOURCE: NODE_VERTEX,
        FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
        METHOD: TRIANGLE_STRIP,
        UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_radius', size: 1, type: FLOAT },
          { name: 'a_style', size: 4, type: UNSIGNED_BYTE },
          { name: 'a_more', size: 4, type: UNSIGNED_BYTE },
          { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
        CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
        CONSTANT_DATA: CORNERS,
      };
    }

    override process(nodeIndex: number, offset: number, data: NodeDisplayData): void {
      super.process(nodeIndex, offset, data);
      this.records.touch(offset * this.STRIDE, this.STRIDE);
    }

    processVisibleItem(nodeIndex: number, start: number, data: NodeDisplayData): void {
      const look = data as NodeDisplayData & NodeLook;
      this.array[start] = look.x;
      this.array[start + 1] = look.y;
      this.array[start + 2] = look.size;
      this.records.pack(start + 3, look.shape, look.pictogram, look.flags, look.alpha);
      this.records.pack(start + 4, look.hue, look.person, look.ring, look.badges);
      this.array[start + 5] = nodeIndex;
    }

    setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo<Uniform>): void {
      const { colours } = stage;
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
      gl.uniform2f(uniformLocations.u_viewport, params.width, params.height);
      gl.uniform1f(uniformLocations.u_scale, stage.scale);
      gl.uniform1f(uniformLocations.u_dim, stage.dim);
      gl.uniform1f(uniformLocations.u_pixel, params.pixelRatio);
      gl.uniform3fv(uniformLocations.u_kinds, flatten([...colours.kinds, colours.court, colours.line2]));
      gl.uniform3fv(uniformLocations.u_people, flatten([BLACK, ...colours.people]));
      gl.uniform3fv(uniformLocations.u_canvas, colours.canvas);
      gl.uniform3fv(uniformLocations.u_accent, colours.accent);
      gl.uniform3fv(uniformLocations.u_line2, colours.line2);
      gl.uniform3fv(uniformLocations.u_icon, colours.icon);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, this.atlas);
      gl.uniform1i(uniformLocations.u_atlas, 0);
    }
  };
}
