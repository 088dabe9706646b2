"""Files of events: ROOT, JSON, CSV, Parquet and Avro."""
