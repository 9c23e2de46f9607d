import type { Program, ProgramInfo } from 'sigma/rendering';
import type { RenderParams } from 'sigma/types';
import { InstanceBuffer } from '@/graphview/programs/instances';
import type { Stage } from '@/graphview/programs/stage';

// TypeScript accepts a mixin only over a constructor that takes `any[]`.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type ProgramConstructor = abstract new (...parameters: any[]) => Program;

/**
 * Makes a sigma program upload only the records that changed, and draw its picking buffer when somebody asks what is
 * under the pointer instead of at every frame.
 */
export function uploadingChanges<Base extends ProgramConstructor>(base: Base, stage: Stage) {
  abstract class UploadingProgram extends base {
    readonly records = new InstanceBuffer();
    private pending: RenderParams | null = null;
    private readonly drawPicking = (): void => this.pick();

    override reallocate(capacity: number): void {
      super.reallocate(capacity);
      this.records.adopt(this.array);
      if (this.pickProgram) stage.pickers.add(this.drawPicking);
    }

    override kill(): void {
      stage.pickers.delete(this.drawPicking);
      super.kill();
    }

    override render(params: RenderParams): void {
      this.pending = this.pickProgram ? params : null;
      if (this.hasNothingToRender()) return;
      const ratio = params.pixelRatio;
      this.pass(this.normalProgram, params, ratio);
    }

    private pick(): void {
      const params = this.pending;
      this.pending = null;
      if (!params || !this.pickProgram || this.hasNothingToRender()) return;
      this.pass(this.pickProgram, params, params.pixelRatio / params.downSizingRatio);
    }

    private pass(info: ProgramInfo, params: RenderParams, pixelRatio: number): void {
      info.gl.viewport(0, 0, params.width * pixelRatio, params.height * pixelRatio);
      this.bindProgram(info);
      this.renderProgram({ ...params, pixelRatio }, info);
      this.unbindProgram(info);
    }

    protected override bindProgram(info: ProgramInfo): void {
      const { gl } = info;
      gl.bindBuffer(gl.ARRAY_BUFFER, info.constantBuffer);
      this.bindAll(this.CONSTANT_ATTRIBUTES, info, false);
      gl.bufferData(gl.ARRAY_BUFFER, this.constantArray, gl.STATIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, this.normalProgram.buffer);
      this.bindAll(this.ATTRIBUTES, info, true);
      this.records.upload(gl);
      gl.bindBuffer(gl.ARRAY_BUFFER, null);
    }

    private bindAll(attributes: typeof this.ATTRIBUTES, info: ProgramInfo, perInstance: boolean): void {
      let offset = 0;
      for (const attribute of attributes) offset += this.bindAttribute(attribute, info, offset, perInstance);
    }
  }
  return UploadingProgram;
}
