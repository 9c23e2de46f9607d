"""Live notices over one websocket: who may hear of a change is decided at each delivery, and a notice carries ids only."""
