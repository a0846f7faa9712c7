/// Rows for every table of core, by the version at which they can first be inserted.
enum CorePopulation {
  static let statements: [Int: String] = [
    13: start, 16: datastores, 20: configurations,
    21: "INSERT INTO conductor_lastseen (instance_id, method_name, sent) VALUES ('i1', 'm', 1.5)",
    27: """
    INSERT INTO capabilities (id, name, description) VALUES ('cap', 'root', 'd');
    INSERT INTO capability_overrides (id, datastore_version_id, capability_id)
    VALUES ('co', 'v1', 'cap')
    """,
    28: "INSERT INTO agent_heartbeats (id, instance_id, updated_at) VALUES ('h2', 'i1', \(moment))",
    29: "UPDATE backups SET datastore_version_id = 'v1'",
    30: "UPDATE instances SET slave_of_id = 'i1' WHERE id = 'i2'", 32: clusters, 33: parameters,
    36: """
    INSERT INTO datastore_version_metadata (id, datastore_version_id, key, value, created, deleted)
    VALUES ('dm', 'v1', 'k', 'v', \(moment), FALSE)
    """,
    38: modules, 42: "UPDATE clusters SET configuration_id = 'c1'",
    43: "INSERT INTO instances (id, name) VALUES ('i3', 'three')",
    45: """
    INSERT INTO backup_strategy (id, tenant_id, instance_id, backend)
    VALUES ('bs', 'ten', 'i1', 'swift')
    """,
    47: """
    INSERT INTO datastore_versions (id, datastore_id, name, image_tags, active)
    VALUES ('v3', 'd1', '5.7', 'trove,mysql', TRUE)
    """,
  ]

  private static let moment = "'2020-01-01 00:00:00'"

  private static let start = """
    INSERT INTO instances (id, name, created, task_description, flavor_id, tenant_id, deleted)
    VALUES ('i1', 'one', \(moment), 't', '7', 'ten', FALSE),
      ('i2', 'two', '2020-01-02 00:00:00', NULL, NULL, 'ten', TRUE);
    INSERT INTO service_images (id, service_name, image_id) VALUES ('si1', 'mysql', 'img1');
    INSERT INTO service_statuses (id, instance_id, status_id, status_description)
    VALUES ('ss1', 'i1', 1, 'running');
    INSERT INTO root_enabled_history (id, created) VALUES ('i1', \(moment));
    INSERT INTO agent_heartbeats (id, instance_id, updated_at) VALUES ('h1', 'i1', \(moment));
    INSERT INTO dns_records (name, record_id) VALUES ('one.example.com', 'r1');
    INSERT INTO usage_events (id, instance_name, end_time) VALUES ('ue1', 'one', \(moment));
    INSERT INTO quotas (id, tenant_id, resource, hard_limit) VALUES ('q1', 'ten', 'volumes', 5);
    INSERT INTO quota_usages (id, tenant_id, in_use, reserved, resource)
    VALUES ('qu1', 'ten', 1, 2, 'volumes');
    INSERT INTO reservations (id, usage_id, delta) VALUES ('re1', 'qu1', -1);
    INSERT INTO backups (id, name, state, size, instance_id) VALUES ('b1', 'n', 'DONE', 1.5, 'i1');
    INSERT INTO security_groups (id, name, deleted) VALUES ('sg1', 'sg', FALSE);
    INSERT INTO security_group_rules (id, group_id, parent_group_id) VALUES ('sr1', 'sg1', 'sg1');
    INSERT INTO security_group_instance_associations (id, security_group_id, instance_id)
    VALUES ('sa1', 'sg1', 'i1'), ('sa2', 'sg1', 'i2');
    """

  private static let datastores = """
    INSERT INTO datastores (id, name, manager, default_version_id)
    VALUES ('d1', 'MySQL', 'mysql', 'v1');
    INSERT INTO datastore_versions (id, datastore_id, name, image_id, packages, active)
    VALUES ('v1', 'd1', '5.5', 'img', 'p', TRUE), ('v2', 'd1', '5.6', 'img', NULL, FALSE);
    UPDATE instances SET datastore_version_id = 'v1' WHERE id = 'i1';
    """

  private static let configurations = """
    INSERT INTO configurations (id, name, tenant_id, datastore_version_id, deleted)
    VALUES ('c1', 'cfg', 'ten', 'v1', FALSE);
    INSERT INTO configuration_parameters (configuration_id, configuration_key, deleted)
    VALUES ('c1', 'k', FALSE);
    UPDATE instances SET configuration_id = 'c1' WHERE id = 'i1';
    """

  private static let clusters = """
    INSERT INTO clusters (id, created, updated, name, task_id, tenant_id, datastore_version_id)
    VALUES ('cl', \(moment), \(moment), 'cl', 1, 'ten', 'v1');
    UPDATE instances SET cluster_id = 'cl', shard_id = 's', type = 'member' WHERE id = 'i1';
    """

  private static let parameters = """
    INSERT INTO datastore_configuration_parameters
      (id, name, datastore_version_id, restart_required, max_size, data_type, deleted)
    VALUES ('p1', 'keep', 'v1', FALSE, '10', 'int', FALSE),
      ('p2', 'gone', 'v1', FALSE, NULL, 'int', TRUE)
    """

  private static let modules =
    Core.module("m1") + """
      INSERT INTO instance_modules (id, instance_id, module_id, md5, created, updated, deleted)
      VALUES ('im1', 'i1', 'm1', 'x', \(moment), \(moment), FALSE),
        ('im2', 'i2', 'm1', 'x', \(moment), \(moment), FALSE);
      INSERT INTO instance_faults (id, instance_id, message, details, created, updated, deleted)
      VALUES ('f1', 'i1', 'm', 'd', \(moment), \(moment), FALSE);
      """
}
